// arch: x86-64
// expect: silent
// flags: -O0 -fno-pic
// source: gcc-12 -O0 -fno-pic: const void *to = a & 1 ? &&x : &&y; goto *to; x: if (b > 9) __builtin_longjmp(buffer, 1);
// why: the second jump has a stack pointer from the buffer, and goes to whatever frame that is, not to one of the labels

	.text
	.globl	buffer
	.bss
	.align 32
	.type	buffer, @object
	.size	buffer, 40
buffer:
	.zero	40
	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset 6, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register 6
	subq	$32, %rsp
	movl	%edi, -20(%rbp)
	movl	-20(%rbp), %eax
	andl	$1, %eax
	testl	%eax, %eax
	je	.L2
	movl	$.L3, %eax
	jmp	.L4
.L2:
	movl	$.L5, %eax
.L4:
	movq	%rax, -8(%rbp)
	movl	-20(%rbp), %eax
	movl	%eax, %edi
	call	g
	movl	%eax, -12(%rbp)
	movq	-8(%rbp), %rax
	nop
	jmp	*%rax
.L3:
	cmpl	$9, -12(%rbp)
	jle	.L10
	movl	$buffer, %eax
	movq	8(%rax), %rdx
	movq	(%rax), %rcx
	movq	16(%rax), %rsp
	movq	%rcx, %rbp
	jmp	*%rdx
.L10:
	movl	-12(%rbp), %eax
	movl	%eax, %edi
	call	g
	movl	-20(%rbp), %edx
	addl	%edx, %eax
	jmp	.L9
.L5:
	movl	-12(%rbp), %eax
.L9:
	leave
	.cfi_def_cfa 7, 8
	ret
	.cfi_endproc
	.size	f, .-f
