// arch: x86-64
// rule: OH202
// expect: silent
// flags: -O2
// source: gcc-12 -O2
// why: rbx and rbp are saved only on the path that uses them

	.text
	.globl	f
	.type	f, %function
f:
	.cfi_startproc
	testq	%rdi, %rdi
	je	.L3
	pushq	%rbp
	.cfi_def_cfa_offset	16
	.cfi_offset	6, -16
	pushq	%rbx
	.cfi_def_cfa_offset	24
	.cfi_offset	3, -24
	movq	%rdi, %rbx
	subq	$8, %rsp
	.cfi_def_cfa_offset	32
	call	g
	movq	%rbx, %rdi
	movl	%eax, %ebp
	call	h
	addq	$8, %rsp
	.cfi_def_cfa_offset	24
	imull	%ebp, %eax
	popq	%rbx
	.cfi_def_cfa_offset	16
	popq	%rbp
	.cfi_def_cfa_offset	8
	ret
.L3:
	.cfi_restore	3
	.cfi_restore	6
	movl	$-1, %eax
	ret
	.cfi_endproc
	.size	f, .-f
