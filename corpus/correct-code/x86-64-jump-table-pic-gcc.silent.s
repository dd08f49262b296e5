// arch: x86-64
// expect: silent
// flags: gcc-12 -O2 -fPIC
// why: a dense switch: entries relative to the table
// c: int g(int);
// c: int f(int a) { int r; switch (a) { case 0: r = g(5); break; case 1: r = g(1) - 1; break; case 2: r = g(a) + 1;
// c: break; case 3: r = g(a) * 9; break; case 4: r = a * g(3); break; default: r = 0; } return r + a; }

	.text
	.section	.text.unlikely,"ax",@progbits
	.text
	.p2align 4
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	subq	$8, %rsp
	.cfi_def_cfa_offset 16
	cmpl	$4, %edi
	ja	.L9
	movl	%edi, %edi
	jmp	*.L4(,%rdi,8)
	.section	.rodata
	.align 8
	.align 4
.L4:
	.quad	.L8
	.quad	.L7
	.quad	.L6
	.quad	.L5
	.quad	.L3
	.text
	.p2align 4
.L5:
	movl	$3, %edi
	call	g
	leal	3(%rax,%rax,8), %eax
.L1:
	addq	$8, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	ret
	.p2align 4
.L3:
	.cfi_restore_state
	movl	$3, %edi
	call	g
	addq	$8, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	leal	4(,%rax,4), %eax
	ret
	.p2align 4
.L8:
	.cfi_restore_state
	movl	$5, %edi
	addq	$8, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	jmp	g
	.p2align 4
.L7:
	.cfi_restore_state
	movl	$1, %edi
	addq	$8, %rsp
	.cfi_remember_state
	.cfi_def_cfa_offset 8
	jmp	g
	.p2align 4
.L6:
	.cfi_restore_state
	movl	$2, %edi
	call	g
	addq	$8, %rsp
	.cfi_def_cfa_offset 8
	addl	$3, %eax
	ret
	.cfi_endproc
	.section	.text.unlikely
	.cfi_startproc
	.type	f.cold, @function
f.cold:
.L9:
	.cfi_def_cfa_offset 16
	movl	%edi, %eax
	jmp	.L1
	.cfi_endproc
	.text
	.size	f, .-f
	.section	.text.unlikely
	.size	f.cold, .-f.cold
	.text
