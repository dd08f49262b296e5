// arch: x86-64
// expect: silent
// flags: clang-14 -O2 -fsplit-stack
// source: clang-14 -O2 -fsplit-stack, a switch whose default is marked unreachable, shortened
// why: the entry of the value without a case leads to the end of the function's body, where the code that asks for more
//      stack stands; only the prologue goes there

	.text
	.globl	f
	.type	f, @function
f:
	.cfi_startproc
	cmpq	%fs:112, %rsp
	jbe	.Lmore
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset 3, -16
	movl	%edi, %ebx
	andl	$3, %edi
	leaq	.Ltable(%rip), %rcx
	movslq	(%rcx,%rdi,4), %rax
	addq	%rcx, %rax
	jmp	*%rax
.Lone:
	call	g@PLT
.Ltwo:
	popq	%rbx
	.cfi_def_cfa_offset 8
	ret
.Lmore:
	.cfi_restore 3
	movl	$120, %r10d
	movl	$0, %r11d
	call	__morestack
	ret
	.cfi_endproc
	.size	f, .-f

	.section	.rodata
	.p2align	2
.Ltable:
	.long	.Lone-.Ltable
	.long	.Ltwo-.Ltable
	.long	.Lmore-.Ltable
	.long	.Lone-.Ltable
