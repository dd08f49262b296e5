// arch: x86-64
// expect: silent
// flags: -O2 -fno-pic
// source: gcc-12 -O2 -fno-pic: int f(int a) { if (__builtin_setjmp(buffer)) return -1; return g(a) + 1; }, a global buffer
// why: the label where __builtin_longjmp comes back is a constant that is stored, and the buffer has no register

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%r15
	.cfi_def_cfa_offset 16
	.cfi_offset 15, -16
	pushq	%r14
	.cfi_def_cfa_offset 24
	.cfi_offset 14, -24
	pushq	%r13
	.cfi_def_cfa_offset 32
	.cfi_offset 13, -32
	pushq	%r12
	.cfi_def_cfa_offset 40
	.cfi_offset 12, -40
	pushq	%rbp
	.cfi_def_cfa_offset 48
	.cfi_offset 6, -48
	pushq	%rbx
	.cfi_def_cfa_offset 56
	.cfi_offset 3, -56
	subq	$8, %rsp
	.cfi_def_cfa_offset 64
	movq	%rbp, buffer(%rip)
	movq	$.L2, buffer+8(%rip)
	movq	%rsp, buffer+16(%rip)
	call	g
	addl	$1, %eax
.L1:
	addq	$8, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 56
	popq	%rbx
	.cfi_def_cfa_offset 48
	popq	%rbp
	.cfi_def_cfa_offset 40
	popq	%r12
	.cfi_def_cfa_offset 32
	popq	%r13
	.cfi_def_cfa_offset 24
	popq	%r14
	.cfi_def_cfa_offset 16
	popq	%r15
	.cfi_def_cfa_offset 8
	ret
.L2:
	.cfi_restore_state
	orl	$-1, %eax
	jmp	.L1
	.cfi_endproc
	.size	f, .-f
	.globl	buffer
	.bss
	.align 32
	.type	buffer, @object
	.size	buffer, 40
buffer:
	.zero	40
